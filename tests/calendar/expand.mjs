// What ical.js, the reader of Thunderbird, makes of a calendar: one JSON object a line for each item, with its days from
// 2024 to 2034. The first argument is the folder of node modules, the second the file.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, file] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(`${modules}/ical.js/dist/ical.js`).href);

const days = (component) => {
  const event = new ICAL.Event(component);
  const found = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && next.year < 2035; next = iterator.next()) {
    if (next.year >= 2024) found.push(next.toString());
  }
  return found;
};

const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
for (const component of calendar.getAllSubcomponents()) {
  const value = (name) => component.getFirstPropertyValue(name);
  const alarms = component.getAllSubcomponents("valarm");
  console.log(
    JSON.stringify({
      uid: value("uid"),
      kind: component.name.toUpperCase(),
      summary: value("summary"),
      description: value("description"),
      due: value("due")?.toString() ?? null,
      days: component.name === "vevent" ? days(component) : [],
      alarms: alarms.map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds()),
    }),
  );
}
