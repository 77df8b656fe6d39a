"use strict";
// Lines and cards as they are now, once a second; a session that is over ends it.
const live = document.getElementById("live");
async function look() {
  try {
    const answer = await fetch("/live" + location.search, { redirect: "error" });
    if (answer.ok) live.innerHTML = await answer.text();
  } catch (gone) { /* the device restarts: ask again */ }
  setTimeout(look, 1000);
}
if (live) setTimeout(look, 1000);
