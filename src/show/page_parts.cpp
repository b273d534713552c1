#include "show/page_parts.h"

namespace ceasewire::show {

const std::string_view kPageStyle = R"css(
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --raised: #ffffff; --ink: #23211c; --soft: #68645a; --line: #e3dfd4; --focus: #1d5fa8;
  --nearer: #2a6a4a; --working: #2f5a86; --disputed: #7d5a0c; --away: #a03a2f;
  --nearer-tint: #dcebe1; --working-tint: #dfe8f2; --disputed-tint: #f3e8cb; --away-tint: #f5dfda;
  --shadow: 0 1px 2px rgb(35 33 28 / .08), 0 10px 30px rgb(35 33 28 / .14);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171714; --raised: #21211d; --ink: #e4e1d8; --soft: #a29d91; --line: #37362f; --focus: #8fc0f5;
    --nearer: #8cc9a6; --working: #9dc0e6; --disputed: #dcb968; --away: #eb9d90;
    --nearer-tint: #22382c; --working-tint: #223245; --disputed-tint: #3d321a; --away-tint: #452824;
    --shadow: 0 1px 2px rgb(0 0 0 / .5), 0 10px 30px rgb(0 0 0 / .55);
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding: 4rem 0; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: inherit; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 3px; border-radius: 3px; }
.skip { position: absolute; left: -200vw; }
.skip:focus { left: 1rem; top: 1rem; z-index: 3; padding: .5rem 1rem; background: var(--raised); box-shadow: var(--shadow); }
.sheet {
  display: grid; justify-content: center; column-gap: 4rem; max-width: 80rem; margin: 0 auto; padding: 3.5rem 2rem 4rem;
  grid-template-columns: minmax(0, 40rem) minmax(18rem, 24rem);
  grid-template-areas: "head claims" "text claims" "actors claims" "foot claims"; grid-template-rows: auto auto auto 1fr;
}
header { grid-area: head; } main { grid-area: text; } #claims { grid-area: claims; } #actors { grid-area: actors; } footer { grid-area: foot; }
h1, .text { font-family: "Iowan Old Style", Charter, "Palatino Linotype", Palatino, "Source Serif 4", "Noto Serif", Georgia, "Liberation Serif", serif; }
h1 { margin: .4rem 0 .9rem; font-size: clamp(1.7rem, 1.2rem + 2vw, 2.4rem); line-height: 1.42; font-weight: 600; letter-spacing: -.008em; text-wrap: balance; }
h2 { margin: 0 0 1rem; font-size: .8rem; font-weight: 600; letter-spacing: .09em; text-transform: uppercase; color: var(--soft); }
.origin, .summary { margin: 0; color: var(--soft); font-size: .9rem; }
.legend { margin: 1.6rem 0 0; padding: 1rem 0; border: solid var(--line); border-width: 1px 0; font-size: .85rem; color: var(--soft); }
.legend summary { cursor: pointer; }
.legend li .act { line-height: 2; }
.legend ul { list-style: none; margin: .8rem 0 0; padding: 0; display: grid; gap: .55rem 2rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
.legend .actor { color: var(--ink); margin-right: .5em; }
.text { margin-top: 1.8rem; font-size: 1.19rem; line-height: 1.8; }
.text p { margin: 0 0 1.35em; }
mark { color: inherit; background: none; border-radius: .12em; padding: .1em 0; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.nearer { --accent: var(--nearer); --tint: var(--nearer-tint); }
.working { --accent: var(--working); --tint: var(--working-tint); }
.disputed { --accent: var(--disputed); --tint: var(--disputed-tint); }
.away { --accent: var(--away); --tint: var(--away-tint); }
mark { background: var(--tint); }
h1 mark { padding-block: 0; }
mark.lit, .at:target mark { box-shadow: 0 .14em 0 var(--accent); }
.cue { font-style: italic; }
.actor { text-decoration: underline; text-decoration-thickness: 1.5px; text-underline-offset: .24em; text-decoration-color: var(--soft); font-weight: 600; }
.actor.people { text-decoration-style: solid; }
.actor.states { text-decoration-style: double; text-decoration-thickness: 1px; }
.actor.armed { text-decoration-style: dashed; }
.actor.organisations { text-decoration-style: dotted; text-decoration-thickness: 2px; }
.actor.media { text-decoration-style: solid; text-decoration-thickness: 1px; font-weight: 400; }
a.actor:hover, a.actor.open { text-decoration-color: currentcolor; }
.act {
  unicode-bidi: isolate; direction: ltr; padding: .16em .62em .2em; border-radius: 1em; background: var(--tint); color: var(--accent);
  font: 600 .74rem/1.35 system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; letter-spacing: .03em; text-decoration: none; white-space: nowrap;
}
a.act { margin: 0 .15em 0 .4em; vertical-align: .12em; background: var(--accent); color: var(--paper); }
a.act:hover, a.act.open { text-decoration: underline; text-underline-offset: .2em; }
.list { list-style: none; margin: 0; padding: 0; }
.card { padding: .95rem 1.05rem 1rem; margin: 0 0 .8rem; background: var(--raised); border: 1px solid var(--line); border-left: 3px solid var(--accent, var(--line)); border-radius: .4rem; font-size: .9rem; scroll-margin: 4rem; }
.card:target, .card.lit { border-color: var(--accent, var(--soft)); }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .6rem; margin: 0; }
.head .who { flex: 1 1 8rem; font-weight: 600; }
.head .show { font-size: .82rem; color: var(--soft); white-space: nowrap; }
.note-why, .says { margin: .5rem 0 0; color: var(--soft); }
.says { font-family: "Iowan Old Style", Charter, Palatino, "Noto Serif", Georgia, "Liberation Serif", serif; font-size: .95rem; line-height: 1.5; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
dl:empty { display: none; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem .9rem; margin: .65rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; }
dd ul { list-style: none; margin: 0; padding: 0; }
.sure { display: inline-block; width: 4.5em; height: .42em; margin-left: .6em; border-radius: .3em; background: linear-gradient(var(--accent), var(--accent)) no-repeat var(--line); background-size: 0 100%; vertical-align: .1em; }
.sure.s1 { background-size: 10% 100%; } .sure.s2 { background-size: 20% 100%; } .sure.s3 { background-size: 30% 100%; } .sure.s4 { background-size: 40% 100%; }
.sure.s5 { background-size: 50% 100%; } .sure.s6 { background-size: 60% 100%; } .sure.s7 { background-size: 70% 100%; } .sure.s8 { background-size: 80% 100%; }
.sure.s9 { background-size: 90% 100%; } .sure.s10 { background-size: 100% 100%; }
details.why { margin-top: .6rem; color: var(--soft); }
details.why dl { margin: .35rem 0 .5rem; color: var(--ink); }
details.why summary { cursor: pointer; width: max-content; }
.why ul { list-style: none; margin: .35rem 0 0; padding: 0; }
.why li { font: .78rem/1.55 ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", "Liberation Mono", monospace; }
.why li + li { margin-top: .2rem; }
#actors { margin-top: 2rem; padding-top: 2rem; border-top: 1px solid var(--line); }
#actors .card { padding: .75rem 0 .8rem; margin: 0; background: none; border: 0; border-bottom: 1px solid var(--line); border-radius: 0; }
#actors .card:target, #actors .card.lit { background: var(--raised); }
footer { padding-top: 2rem; color: var(--soft); font-size: .82rem; }
#claims { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 3.5rem .5rem 3rem; margin: -3.5rem -.5rem 0; }
#note { position: absolute; z-index: 2; width: min(25rem, calc(100vw - 2rem)); max-height: 70vh; overflow-y: auto; padding: 1rem 1.1rem; background: var(--raised); border: 1px solid var(--line); border-top: 3px solid var(--accent, var(--soft)); border-radius: .45rem; box-shadow: var(--shadow); font-size: .9rem; }
#note[hidden] { display: none; }
#note .show { display: none; }
@media (max-width: 60rem) {
  .sheet { grid-template: "head" auto "text" auto "claims" auto "actors" auto "foot" auto / minmax(0, 42rem); padding: 2rem 1.25rem 6rem; }
  #claims { position: static; max-height: none; overflow: visible; padding: 2rem 0 0; margin: 1rem 0 0; border-top: 1px solid var(--line); }
}
@media (max-width: 40rem) {
  .text { font-size: 1.1rem; line-height: 1.75; }
  #note { position: fixed; inset: auto 0 0 0 !important; width: auto; max-height: 60vh; border-radius: .8rem .8rem 0 0; border-width: 3px 0 0; padding: 1.1rem 1.25rem 1.6rem; }
}
@media (forced-colors: active) { mark { border-bottom: 2px solid; } }
@media print { #note, .skip, .show { display: none; } .sheet { display: block; padding: 0; } #claims { position: static; max-height: none; overflow: visible; } .card { break-inside: avoid; } }
)css";

const std::string_view kPageScript = R"js(
(() => {
  "use strict";
  const note = document.getElementById("note");
  const wait = 140;
  let owner = null;
  let timer = 0;

  const linkAt = (target) => target instanceof Element ? target.closest("main a.actor, main a.act, header a.actor, header a.act") : null;
  const later = (what) => { clearTimeout(timer); timer = setTimeout(what, wait); };

  function light(claims, on) {
    for (const claim of claims) {
      document.getElementById("c" + claim)?.classList.toggle("lit", on);
      for (const mark of document.querySelectorAll('mark[data-claims~="' + claim + '"]')) mark.classList.toggle("lit", on);
    }
  }

  function close() {
    clearTimeout(timer);
    if (!owner) return;
    owner.classList.remove("open");
    owner.removeAttribute("aria-describedby");
    owner = null;
    note.hidden = true;
  }

  function open(link) {
    clearTimeout(timer);
    if (owner === link) return;
    close();
    const card = document.getElementById(link.hash.slice(1));
    if (!card) return;
    const copy = card.cloneNode(true);
    for (const part of copy.querySelectorAll("a")) part.tabIndex = -1;
    for (const part of copy.querySelectorAll("details")) part.open = true;
    let parts = [...copy.children];
    if (link.dataset.why) {
      const why = document.createElement("p");
      why.className = "note-why";
      why.textContent = link.dataset.why;
      parts = parts.filter((part) => !part.classList.contains("named"));
      parts.splice(1, 0, why);
    }
    note.replaceChildren(...parts);
    note.className = card.className.replace("card", "");
    note.hidden = false;
    note.scrollTop = 0;
    owner = link;
    link.classList.add("open");
    link.setAttribute("aria-describedby", "note");
    const at = link.getClientRects()[0] || link.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, room - note.offsetWidth - 8));
    let top = at.bottom + 8;
    if (top + note.offsetHeight > innerHeight - 8) top = Math.max(8, at.top - note.offsetHeight - 8);
    note.style.left = left + scrollX + "px";
    note.style.top = top + scrollY + "px";
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = linkAt(event.target);
    if (link) later(() => open(link));
    else if (note.contains(event.target)) clearTimeout(timer);
    const mark = event.target instanceof Element ? event.target.closest("mark, #claims .card") : null;
    if (mark) light(mark.dataset.claims.split(" "), true);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "mouse") return;
    if (linkAt(event.target) || note.contains(event.target)) later(close);
    const mark = event.target instanceof Element ? event.target.closest("mark, #claims .card") : null;
    if (mark) light(mark.dataset.claims.split(" "), false);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link && link.matches(":focus-visible")) open(link);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === owner && !note.contains(event.relatedTarget)) later(close);
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = linkAt(event.target);
    const mark = event.target instanceof Element ? event.target.closest("main mark, h1 mark") : null;
    if (link) {
      event.preventDefault();
      open(link);
    } else if (mark && String(getSelection()) === "") {
      const badge = document.querySelector('a.act[href="#c' + mark.dataset.claims.split(" ").pop() + '"]');
      if (badge) open(badge);
    } else if (!note.contains(event.target)) {
      close();
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  addEventListener("resize", close);
})();
)js";

const std::string_view kPagePolicy =
    "default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'sha256-3eyNuibd9O5UXCkSVthjfi8O21Y1SffoB4J5OsD/3fY='; base-uri 'none'; "
    "form-action 'none'";

}  // namespace ceasewire::show
