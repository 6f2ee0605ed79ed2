# Prints the machine's own apt entry of Debian main, for the component non-free instead.
# Reads deb822 stanzas (*.sources) or one-line entries (*.list); the variable codename is the release.

function has(list, word) { return index(" " list " ", " " word " ") > 0 }

function finish() {
  if (!done && has(types, "deb") && has(suites, codename) && has(components, "main") && enabled) {
    printf "%sSuites: %s\nComponents: non-free\n", kept, codename
    done = 1
  }
  types = suites = components = kept = ""
  enabled = 1
}

BEGIN { enabled = 1 }

FILENAME != previous { finish(); previous = FILENAME }

/^[ \t]*#/ { next }

$1 == "deb" && !done { # deb [options] address suite component ...
  at = 2
  if ($2 ~ /^\[/) while ($at !~ /\]$/ && at < NF) at++
  if ($2 ~ /^\[/) at++
  components = ""
  for (i = at + 2; i <= NF; i++) components = components " " $i
  if ($(at + 1) == codename && has(components " ", "main")) {
    line = $1
    for (i = 2; i <= at; i++) line = line " " $i
    print line, codename, "non-free"
    done = 1
  }
  components = ""
  next
}

/^[ \t]*$/ { finish(); next }

{
  field = tolower($1)
  value = $0
  sub(/^[^:]*:[ \t]*/, "", value)
  if (field == "types:") { types = value; kept = kept "Types: deb\n" }
  else if (field == "suites:") suites = value
  else if (field == "components:") components = value
  else if (field == "enabled:") { if (tolower(value) == "no") enabled = 0 }
  else kept = kept $0 "\n"
}

END { finish() }
