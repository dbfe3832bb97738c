// The live part of a coach's page. The page is there already, as HTML; this sends what is clicked to the page's kernel
// over its own comm, and puts what comes back in place of what has changed.
const {kernel, base} = document.body.dataset;
const TARGET = "fitintel";
const QUIET = 20 * 60 * 1000; // ms without a click after which the kernel is given back
const session = crypto.randomUUID();
const comm = crypto.randomUUID();
const waiting = new Map(); // id of a request -> what to do with its answer
let socket = null, live = false, queue = [], count = 0, quiet = 0;

function status(name) {
  const place = document.getElementById("fi-live");
  if (place) place.textContent = place.dataset[name] || "";
  document.body.dataset.state = name;
}

function frame(type, content) {
  const header = {msg_id: crypto.randomUUID(), msg_type: type, session, username: "", version: "5.3", date: new Date().toISOString()};
  return JSON.stringify({channel: "shell", header, parent_header: {}, metadata: {}, content, buffers: []});
}

function connect() {
  status("connecting");
  const address = location.origin.replace(/^http/, "ws") + base + "api/kernels/" + kernel + "/channels?session_id=" + session;
  socket = new WebSocket(address);
  socket.onopen = () => socket.send(frame("comm_open", {comm_id: comm, target_name: TARGET, data: {}}));
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.msg_type === "comm_msg" && message.content.comm_id === comm) received(message.content.data);
  };
  socket.onclose = () => { live = false; status("lost"); };
  socket.onerror = () => { live = false; };
}

function received(data) {
  if (data.live) {
    live = true;
    status("live");
    queue.forEach((each) => socket.send(each));
    queue = [];
    more();
    return;
  }
  const then = waiting.get(data.for);
  waiting.delete(data.for);
  if (!waiting.size) status("live");
  apply(data);
  if (then) then(data);
}

function ask(what, fields, then, quietly) {
  if (!quietly) touched();
  const id = ++count;
  waiting.set(id, then);
  const message = frame("comm_msg", {comm_id: comm, data: {id, do: what, fields}});
  if (live) {
    if (!quietly) status("busy");
    socket.send(message);
  } else if (document.body.dataset.state === "lost") {
    location.reload(); // the kernel was given back; the address holds the state
  } else {
    queue.push(message);
  }
}

// briefs that are still to be made, one after the other, so that a click need not wait for all of them
function more() {
  const rows = document.querySelector("[data-waiting]");
  if (rows && Number(rows.dataset.waiting) > 0) ask("more", {}, (data) => { if (!data.error) more(); }, true);
}

function apply(data) {
  const kept = remember();
  if (data.error) tell(data.error, true);
  if (data.whole) replace("fi-page", data.whole);
  for (const [id, html] of Object.entries(data.parts || {})) replace(id, html);
  restore(kept);
  if (data.query !== undefined) history.replaceState(null, "", location.pathname + (data.query ? "?" + data.query : ""));
  if (data.said) tell(data.said, false);
  if (data.file) save(data.file);
  if (data.print) window.print();
  prepare();
}

function replace(id, html) {
  const old = document.getElementById(id);
  if (!old) return;
  const made = document.createElement("template");
  made.innerHTML = html.trim();
  old.replaceWith(made.content);
}

// what a person has open, and where they are, stays
function remember() {
  const open = [...document.querySelectorAll("details[open][id]")].map((each) => each.id);
  const at = document.activeElement;
  const typed = at && at.selectionStart !== undefined && at.type !== "date" ? [at.value, at.selectionStart] : null;
  return {open, id: at && at.id, typed};
}

function restore({open, id, typed}) {
  open.forEach((each) => { const found = document.getElementById(each); if (found) found.open = true; });
  const found = id && document.getElementById(id);
  if (found && found !== document.activeElement) {
    found.focus({preventScroll: true});
    if (typed && found.type === "search") { found.value = typed[0]; found.setSelectionRange(typed[1], typed[1]); }
  }
}

function tell(words, wrong) {
  let place = document.getElementById("fi-told");
  if (!place) {
    place = document.createElement("div");
    place.id = "fi-told";
    document.body.append(place);
  }
  place.className = "fi fi-told" + (wrong ? " fi-told-wrong" : "");
  place.dataset.theme = document.getElementById("fi-page")?.dataset.theme || "";
  place.setAttribute("role", wrong ? "alert" : "status");
  place.textContent = words;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { place.textContent = ""; }, wrong ? 15000 : 5000);
}

function save({name, media, content}) {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], {type: media}));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function fields(form, button) {
  const data = Object.fromEntries(new FormData(form, button && button.name ? button : undefined));
  return data;
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-do]");
  if (!form) return;
  event.preventDefault();
  ask(form.dataset.do, fields(form, event.submitter), (data) => { if (!data.error) form.reset(); });
});

let typing = 0;
document.addEventListener("input", (event) => {
  const shown = event.target.dataset && event.target.dataset.shows && document.getElementById(event.target.dataset.shows);
  if (shown) shown.textContent = event.target.value;
  if (!event.target.matches("[data-live]") || !event.target.form) return;
  clearTimeout(typing);
  const form = event.target.form;
  typing = setTimeout(() => ask(form.dataset.do, fields(form)), event.target.matches("select") ? 0 : 180);
});

// charts: what is drawn already becomes one that answers to the pointer, when it comes into sight
let library = null;
function plotly() {
  library = library || new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = base + "voila/templates/fitintel/static/plotly.min.js";
    script.onload = () => done(window.Plotly);
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

const seen = "IntersectionObserver" in window ? new IntersectionObserver((found) => found.forEach((each) => {
  if (!each.isIntersecting) return;
  seen.unobserve(each.target);
  drawn(each.target);
}), {rootMargin: "120px"}) : null;

// what the reader prefers, and without a preference what their system does
function darkly() {
  const {theme} = document.getElementById("fi-page").dataset;
  return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

async function drawn(place) {
  const {template, config, dark} = JSON.parse(document.getElementById("fi-theme").textContent);
  let text = place.querySelector("script[type='application/json']").textContent.replace(/}\s*$/, ',"template":' + JSON.stringify(template) + "}");
  if (darkly()) for (const [one, other] of Object.entries(dark)) text = text.replaceAll(one, other);
  const made = JSON.parse(text);
  made.layout.template = made.template;
  const box = place.getBoundingClientRect();
  const layer = document.createElement("div");
  layer.setAttribute("role", "img");
  layer.setAttribute("aria-label", made.layout.meta.alt);
  try {
    const library = await plotly();
    place.append(layer);
    layer.style.height = Math.round(box.height) + "px";
    await library.newPlot(layer, made.data, {...made.layout, height: Math.round(box.height), width: Math.round(box.width)}, config);
    place.classList.add("fi-plotted");
  } catch (error) {
    layer.remove(); // the drawing stays
    console.warn("The chart stays a drawing:", error.message);
  }
}

function prepare() {
  const page = document.getElementById("fi-page");
  if (page && page.dataset.title) document.title = page.dataset.title;
  if (page && page.lang) document.documentElement.lang = page.lang;
  if (seen) document.querySelectorAll(".fi-plot:not([data-seen])").forEach((each) => { each.dataset.seen = "1"; seen.observe(each); });
}

// a page that nobody uses gives its kernel back; the next click loads it anew from its address
function touched() {
  clearTimeout(quiet);
  quiet = setTimeout(() => { if (socket) socket.close(); }, QUIET);
}

prepare();
touched();
if (document.getElementById("fi-page") && kernel) connect();
