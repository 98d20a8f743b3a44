"""What Python's readers make of a calendar: one JSON object a line for each item.

Read with `icalendar`; the days from 2024 to 2034 once by `recurring_ical_events`, once by `dateutil`, which must agree.
"""

import json
import sys
from datetime import date, datetime, time

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

FROM, TO = date(2024, 1, 1), date(2035, 1, 1)


def by_dateutil(event):
    start = event["DTSTART"].dt
    whole_day = not isinstance(start, datetime)
    first = datetime.combine(start, time()) if whole_day else start
    ends = datetime.combine(FROM, time()), datetime.combine(TO, time())
    if "RRULE" in event:
        rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=first)
        moments = [moment for moment in rule.between(ends[0], ends[1], inc=True) if moment < ends[1]]
    else:
        moments = [first] if ends[0] <= first < ends[1] else []
    return [(moment.date() if whole_day else moment).isoformat() for moment in moments]


def described(item):
    alarms = [alarm["TRIGGER"].dt.total_seconds() for alarm in item.walk("VALARM")]
    return {
        "uid": str(item["UID"]),
        "kind": item.name,
        "summary": str(item["SUMMARY"]),
        "description": str(item["DESCRIPTION"]) if "DESCRIPTION" in item else None,
        "due": item["DUE"].dt.isoformat() if "DUE" in item else None,
        "days": by_dateutil(item) if item.name == "VEVENT" else [],
        "alarms": [int(alarm) for alarm in alarms],
    }


calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
expanded = {}
for event in recurring_ical_events.of(calendar, components=["VEVENT"]).between(FROM, TO):
    expanded.setdefault(str(event["UID"]), []).append(event["DTSTART"].dt.isoformat())
for item in calendar.walk():
    if item.name in ("VEVENT", "VTODO"):
        told = described(item)
        other = sorted(expanded.get(told["uid"], []))
        assert told["days"] == other, (told, other)
        assert not item.errors, item.errors
        print(json.dumps(told))
