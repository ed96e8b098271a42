// Draws the map of actors and ties, and plays it through time. The tables beside it say the same without it.
"use strict";

(() => {
  const box = document.getElementById("map");
  const form = document.getElementById("network-form");
  const time = document.getElementById("through-time");
  const play = document.getElementById("play");
  const month = document.getElementById("month");
  const months = time ? time.dataset.months.split(" ") : [];
  const SHAPES = ["ellipse", "diamond", "rectangle", "triangle", "hexagon", "pentagon", "round-rectangle", "star"];
  const SIGNS = [..."●◆■▲⬢⬟▢✚"];
  const STEP = 1400;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let map = null;
  let timer = null;
  let asked = 0;
  // Which colour each actor's bloc had last, so that a bloc keeps it from month to month.
  let slots = new Map();
  let slotOfBloc = new Map();

  function colour(name) {
    const probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
    if (name.startsWith("bloc-")) probe.className = name;
    else probe.style.color = `var(--${name})`;
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function style() {
    const blocs = SHAPES.map((shape, place) => ({ selector: `node[slot = ${place}]`, style: { "background-color": colour(`bloc-${place + 1}`), shape } }));
    const font = getComputedStyle(document.body).fontFamily;
    return [
      { selector: "node", style: {
        "background-color": colour("soft"), width: "data(size)", height: "data(size)", label: "data(name)", color: colour("ink"), "font-family": font, "font-size": 11,
        "text-valign": "bottom", "text-margin-y": 2, "text-outline-color": colour("paper"), "text-outline-width": 2, "min-zoomed-font-size": 6,
      } },
      ...blocs,
      { selector: "edge", style: { width: "data(width)", "line-color": colour("good"), opacity: "data(strength)", "curve-style": "haystack" } },
      { selector: "edge[score < 0]", style: { "line-color": colour("bad"), "line-style": "dashed", "curve-style": "straight" } },
      { selector: ".under", style: { opacity: 1, "z-index": 9 } },
    ];
  }

  function slotsOf(blocs) {
    const free = new Set(SHAPES.keys());
    const found = new Map();
    slotOfBloc = new Map();
    for (const bloc of blocs) {
      const votes = new Map();
      for (const code of bloc.members) {
        const before = slots.get(code);
        if (free.has(before)) votes.set(before, (votes.get(before) ?? 0) + 1);
      }
      const ranked = [...votes].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
      const slot = ranked.length ? ranked[0][0] : (free.values().next().value ?? SHAPES.length - 1);
      free.delete(slot);
      slotOfBloc.set(String(bloc.number), slot);
      for (const code of bloc.members) found.set(code, slot);
    }
    slots = found;
    return found;
  }

  // The list of blocs has the signs and colours of the map.
  function signBlocs() {
    for (const sign of document.querySelectorAll("[data-bloc]")) {
      const slot = slotOfBloc.get(sign.dataset.bloc);
      if (slot === undefined) continue;
      sign.textContent = SIGNS[slot];
      sign.className = `bloc-sign bloc-${slot + 1}`;
    }
  }

  function elements(net) {
    const heaviest = Math.max(1, ...net.actors.map((actor) => actor.weight));
    const widest = Math.max(1, ...net.ties.map((tie) => tie.weight));
    const slot = slotsOf(net.blocs);
    const wide = box.clientWidth * 0.45;
    const high = box.clientHeight * 0.45;
    // Where there is little room only the strongest have their name beside them.
    const roomy = box.clientWidth > 600;
    const most = roomy ? 26 : 14;
    const nodes = net.actors.map((actor, rank) => ({
      group: "nodes",
      data: { id: actor.code, name: roomy || rank < 14 ? actor.name : "", size: 0.4 * most + most * Math.sqrt(actor.weight / heaviest), slot: slot.get(actor.code) ?? -1 },
      position: { x: actor.x * wide, y: actor.y * high },
    }));
    const edges = net.ties.map((tie) => ({
      group: "edges",
      data: { id: `${tie.a} ${tie.b}`, source: tie.a, target: tie.b, score: tie.score, kind: tie.kind, strength: 0.25 + 0.6 * Math.abs(tie.score), width: 0.8 + 5 * Math.sqrt(tie.weight / widest) },
    }));
    return [...nodes, ...edges];
  }

  function show(net) {
    const wanted = elements(net);
    if (!map) {
      map = cytoscape({ container: box, elements: wanted, style: style(), layout: { name: "preset", fit: true, padding: 30 }, userZoomingEnabled: false, boxSelectionEnabled: false, maxZoom: 4, minZoom: 0.2 });
      listen();
      return;
    }
    const ids = new Set(wanted.map((each) => each.data.id));
    map.batch(() => {
      map.elements().filter((each) => !ids.has(each.id())).remove();
      for (const each of wanted) {
        const there = map.getElementById(each.data.id);
        if (there.length) there.data(each.data);
        else map.add(each);
      }
    });
    for (const each of wanted.filter((one) => one.group === "nodes")) {
      const node = map.getElementById(each.data.id);
      if (calm.matches) node.position(each.position);
      else node.stop().animate({ position: each.position }, { duration: STEP * 0.5 });
    }
  }

  function listen() {
    map.on("tap", "node", (event) => location.assign(`/actors/${encodeURIComponent(event.target.id())}`));
    map.on("tap", "edge", (event) => {
      const { source, target } = event.target.data();
      location.assign(`/dyad?a=${encodeURIComponent(source)}&b=${encodeURIComponent(target)}`);
    });
    map.on("mouseover", "node, edge", (event) => {
      event.target.addClass("under");
      event.target.connectedEdges?.().addClass("under");
      box.classList.add("pointing");
    });
    map.on("mouseout", "node, edge", () => {
      map.elements().removeClass("under");
      box.classList.remove("pointing");
    });
    box.addEventListener("wheel", (event) => {
      map.userZoomingEnabled(event.ctrlKey || event.metaKey);
    }, { capture: true, passive: true });
  }

  const query = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();

  async function load({ tables }) {
    const own = ++asked;
    const words = query();
    const answer = await fetch(`/network.json?${words}`);
    if (own !== asked) return;
    if (!answer.ok) {
      stop();
      if (tables) htmx.ajax("GET", `/network/ties?${words}`, { target: "#ties", swap: "innerHTML" });
      return;
    }
    show(await answer.json());
    signBlocs();
    if (tables) {
      history.replaceState(null, "", `/network?${words}`);
      htmx.ajax("GET", `/network/ties?${words}`, { target: "#ties", swap: "innerHTML" });
    }
  }

  function tell() {
    for (const output of form.querySelectorAll("output")) {
      const value = Number(document.getElementById(output.htmlFor.value).value);
      output.textContent = output.htmlFor.value === "least" ? value.toFixed(2) : String(value);
    }
    if (!month) return;
    const shown = months[Number(month.value)] ?? "";
    document.getElementById("month-shown").textContent = shown.slice(0, 7);
    month.setAttribute("aria-valuetext", shown);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    if (!play) return;
    play.setAttribute("aria-pressed", "false");
    play.textContent = "▶ Play";
  }

  async function step() {
    const next = Number(month.value) + 1;
    if (next >= months.length) {
      stop();
      await load({ tables: true });
      return;
    }
    month.value = String(next);
    form.elements.as_of.value = months[next];
    tell();
    await load({ tables: false });
  }

  function start() {
    if (Number(month.value) >= months.length - 1) month.value = "-1";
    play.setAttribute("aria-pressed", "true");
    play.textContent = "❚❚ Pause";
    step();
    timer = setInterval(step, STEP);
  }

  let later = null;
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(() => load({ tables: true }), 250);
  };

  function placeMonth() {
    const day = form.elements.as_of.value;
    if (month) month.value = String(day ? Math.max(0, months.findIndex((end) => end >= day)) : months.length - 1);
    tell();
  }

  form.addEventListener("input", (event) => {
    tell();
    if (event.target.type === "range") soon();
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "date") placeMonth();
    soon();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    soon();
  });
  if (time) {
    time.hidden = false;
    month.addEventListener("input", () => {
      stop();
      form.elements.as_of.value = months[Number(month.value)];
      tell();
      soon();
    });
    play.addEventListener("click", () => {
      if (!timer) {
        start();
        return;
      }
      stop();
      load({ tables: true });
    });
  }
  const redraw = () => map?.style(style());
  document.addEventListener("htmx:afterSwap", signBlocs);
  document.addEventListener("themechange", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  placeMonth();
  load({ tables: false });
})();
