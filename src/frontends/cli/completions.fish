# Completions of ties for fish.
complete --command ties --erase
complete --command ties --no-files --keep-order --arguments '(TIES_COMPLETE=fish command ties -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor) 2>/dev/null)'
