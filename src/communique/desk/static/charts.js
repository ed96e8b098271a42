// Draws the charts of a page from the JSON at their addresses: bars by quad, two lanes of bars, curves of relations.
// Nothing here is needed to read a page: each chart has its table.
"use strict";

(() => {
  const QUADS = ["1", "2", "3", "4"];
  const QUAD_NAMES = { 1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict" };
  const LINES = ["solid", [7, 3], [2, 3], [10, 3, 2, 3], "solid"];
  const SIGNS = ["circle", "rect", "triangle", "diamond", "emptyCircle"];
  const drawn = new Map();

  // Colours of desk.css as the browser resolves them here and now, light or dark.
  function colours() {
    const probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
    const of = (name) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    const found = {
      ink: of("ink"), soft: of("soft"), line: of("line"), paper: of("paper"), raised: of("raised"), link: of("link"),
      accent: of("accent"), good: of("good"), bad: of("bad"),
      quads: Object.fromEntries(QUADS.map((quad) => [quad, of(`quad-${quad}`)])),
    };
    probe.remove();
    found.lines = [found.link, found.accent, found.good, found.bad, found.soft];
    return found;
  }

  const words = (paint) => ({ color: paint.ink, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 });

  function common(paint, name) {
    return {
      animation: false,
      textStyle: words(paint),
      aria: { enabled: true, label: { description: `${name}. The same stands in the table below.` } },
      legend: { top: 0, left: 0, type: "scroll", textStyle: words(paint), inactiveColor: paint.soft, itemWidth: 14, itemHeight: 10, pageTextStyle: words(paint), pageIconColor: paint.ink },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow", lineStyle: { color: paint.soft } },
        backgroundColor: paint.raised, borderColor: paint.line, textStyle: words(paint),
      },
    };
  }

  function zooms(paint, count, which) {
    const handles = {
      type: "slider", xAxisIndex: which, height: 18, bottom: 4, brushSelect: false, borderColor: paint.line, fillerColor: "rgba(128,128,128,0.15)",
      textStyle: words(paint), showDataShadow: false, handleStyle: { color: paint.paper, borderColor: paint.soft }, moveHandleStyle: { color: paint.line },
    };
    return count > 1 ? [{ type: "inside", xAxisIndex: which, zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false }, handles] : [];
  }

  const across = (paint, data, more = {}) => ({
    type: "category", data, axisLine: { lineStyle: { color: paint.line } }, axisTick: { show: false }, axisLabel: { color: paint.soft, hideOverlap: true }, ...more,
  });
  const up = (paint, more = {}) => ({
    type: "value", minInterval: 1, axisLabel: { color: paint.soft }, splitLine: { lineStyle: { color: paint.line } }, ...more,
  });

  // Conflict is striped, so that quads are told apart without colour.
  function barStyle(paint, quad) {
    const stripes = { 3: 0.5, 4: -0.5 }[quad];
    const decal = stripes ? { symbol: "rect", color: paint.paper, dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: stripes * Math.PI * 0.5 } : undefined;
    return { color: paint.quads[quad], decal };
  }

  function bars(data, name, paint) {
    return {
      ...common(paint, name),
      grid: { left: 8, right: 8, top: 34, bottom: 34, containLabel: true },
      xAxis: across(paint, data.periods),
      yAxis: up(paint),
      dataZoom: zooms(paint, data.periods.length, [0]),
      series: QUADS.map((quad) => ({ name: QUAD_NAMES[quad], type: "bar", stack: "acts", barCategoryGap: "15%", data: data.quads[quad], itemStyle: barStyle(paint, quad) })),
    };
  }

  // Acts of the one upwards, of the other downwards, joint acts in a band of their own.
  function lanes(data, name, paint) {
    const totals = data.lanes.map((lane) => data.periods.map((_, place) => QUADS.reduce((sum, quad) => sum + lane.quads[quad][place], 0)));
    const joint = totals[2].some(Boolean);
    const most = round(Math.max(1, ...totals[0], ...totals[1]));
    const band = joint ? "20%" : "0%";
    const grids = [{ left: 40, right: 8, top: 50, bottom: joint ? "42%" : 40 }, { left: 40, right: 8, bottom: 40, height: band }];
    const series = data.lanes.flatMap((lane, place) => QUADS.map((quad) => ({
      name: QUAD_NAMES[quad], type: "bar", stack: `acts ${place === 2 ? 2 : 0}`, barCategoryGap: "15%", xAxisIndex: place === 2 ? 1 : 0, yAxisIndex: place === 2 ? 1 : 0,
      data: place === 1 ? lane.quads[quad].map((count) => -count) : lane.quads[quad], itemStyle: barStyle(paint, quad),
    })));
    const title = (text, top) => ({ text, left: 44, top, textStyle: { ...words(paint), fontSize: 11, color: paint.soft, fontWeight: 400 } });
    const told = common(paint, name);
    return {
      ...told,
      title: [title(`↑ ${data.lanes[0].name}    ↓ ${data.lanes[1].name}`, 26), ...(joint ? [title("together", "60%")] : [])],
      tooltip: { ...told.tooltip, valueFormatter: (count) => String(Math.abs(count)), formatter: (rows) => laneWords(rows) },
      grid: joint ? grids : grids.slice(0, 1),
      xAxis: joint ? [across(paint, data.periods, { axisLabel: { show: false }, axisLine: { onZero: true, lineStyle: { color: paint.soft } } }), across(paint, data.periods, { gridIndex: 1 })] : [across(paint, data.periods, { axisLine: { onZero: true, lineStyle: { color: paint.soft } }, axisLabel: { color: paint.soft, hideOverlap: true }, offset: 0, position: "bottom" })],
      yAxis: [up(paint, { min: -most, max: most, interval: Math.max(1, most / 2), axisLabel: { color: paint.soft, formatter: (count) => String(Math.abs(count)) } }), ...(joint ? [up(paint, { gridIndex: 1, splitNumber: 1 })] : [])],
      dataZoom: zooms(paint, data.periods.length, joint ? [0, 1] : [0]),
      series: joint ? series : series.slice(0, 8),
    };
  }

  // The next number up that an axis can be parted by: 1, 2, 4, 6, 8, 10, 15, 20, 30 …
  function round(count) {
    const ten = 10 ** Math.floor(Math.log10(count));
    return (ten === 1 ? [1, 2, 4, 6, 8, 10] : [1, 1.5, 2, 3, 4, 5, 6, 8, 10]).find((step) => step * ten >= count) * ten;
  }

  function laneWords(rows) {
    const told = rows.filter((row) => row.value).map((row) => `${row.value < 0 ? "↓" : row.axisIndex === 1 ? "=" : "↑"} ${row.seriesName}: ${Math.abs(row.value)}`);
    return [rows[0].axisValueLabel, ...(told.length ? told : ["no acts"])].join("\n");
  }

  function curves(data, name, paint) {
    const told = common(paint, name);
    return {
      ...told,
      tooltip: { ...told.tooltip, axisPointer: { type: "line", lineStyle: { color: paint.soft } }, valueFormatter: (score) => signed(score) },
      grid: { left: 8, right: 12, top: 34, bottom: 34, containLabel: true },
      xAxis: { type: "time", axisLine: { lineStyle: { color: paint.line }, onZero: false }, axisLabel: { color: paint.soft, hideOverlap: true }, axisTick: { show: false } },
      yAxis: up(paint, { min: -1, max: 1, minInterval: 0, interval: 0.5, axisLabel: { color: paint.soft, formatter: (score) => ({ "-1": "−1 enemies", 0: "0", 1: "1 allies" })[score] ?? signed(score) } }),
      dataZoom: zooms(paint, 2, [0]),
      series: data.curves.map((curve, place) => ({
        name: curve.name, type: "line", data: curve.points, symbol: SIGNS[place % SIGNS.length], symbolSize: 5, showSymbol: data.curves.length > 1, showAllSymbol: false,
        sampling: "lttb", lineStyle: { color: paint.lines[place % 5], width: 2, type: LINES[place % 5] }, itemStyle: { color: paint.lines[place % 5] },
        markLine: data.curves.length > 1 ? undefined : {
          symbol: "none", silent: true, lineStyle: { color: paint.accent, type: "dashed" }, label: { color: paint.soft, formatter: (mark) => signed(mark.data.to), position: "end", distance: 2 },
          data: curve.turns.map((turn) => ({ xAxis: turn.date, to: turn.after })),
        },
      })),
    };
  }

  const signed = (score) => (score < 0 ? "−" : "+") + Math.abs(score).toFixed(2);
  const OPTIONS = { bars, lanes, curves };

  function draw(box) {
    const { data, chart } = drawn.get(box);
    chart.setOption(OPTIONS[box.dataset.chart](data, box.dataset.name, colours()), { notMerge: true });
  }

  // A bar that is pressed lists its acts below.
  function listActs(box, place) {
    const { data } = drawn.get(box);
    const address = `${box.dataset.acts}&since=${data.first[place]}&until=${data.last[place]}`;
    htmx.ajax("GET", address.replace("/events?", "/acts?"), { target: "#acts", swap: "innerHTML" });
  }

  function fillTable(box) {
    const table = box.parentElement.querySelector("details[data-table-of] .table");
    if (!table) return;
    const { data } = drawn.get(box);
    const made = document.createElement("table");
    const row = (cells, tag, scope) => {
      const line = document.createElement("tr");
      cells.forEach((text, place) => {
        const cell = document.createElement(place === 0 || tag === "th" ? "th" : tag);
        if (cell.tagName === "TH") cell.scope = place === 0 && tag !== "th" ? "row" : scope;
        if (place > 0) cell.className = "number";
        cell.textContent = text;
        line.append(cell);
      });
      return line;
    };
    // Each curve has days of its own, and a row for each would be long: the last score of some 36 months, the newest among them, is read.
    const months = [...new Set(data.curves.flatMap((curve) => curve.points.map(([day]) => day.slice(0, 7))))].sort();
    const step = Math.max(1, Math.ceil(months.length / 36));
    const shown = months.filter((_, place) => (months.length - 1 - place) % step === 0);
    const at = (curve, month) => curve.points.filter(([day]) => day.slice(0, 7) <= month).at(-1);
    made.createTHead().append(row(["Month", ...data.curves.map((curve) => curve.name)], "th", "col"));
    const body = made.createTBody();
    for (const month of shown) body.append(row([month, ...data.curves.map((curve) => (at(curve, month) ? signed(at(curve, month)[1]) : ""))], "td", "col"));
    table.replaceChildren(made);
  }

  async function load(box) {
    const answer = await fetch(box.dataset.from, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const data = await answer.json();
    const empty = box.dataset.chart === "curves" ? !data.curves.length : !data.periods.length;
    if (empty) {
      box.textContent = "Nothing to draw.";
      return;
    }
    const chart = echarts.init(box, null, { renderer: "canvas" });
    drawn.set(box, { data, chart });
    box.setAttribute("role", "img");
    draw(box);
    fillTable(box);
    if (box.dataset.acts) {
      chart.getZr().on("click", (event) => {
        const point = [event.offsetX, event.offsetY];
        const grid = [0, 1].find((index) => chart.containPixel({ gridIndex: index }, point));
        if (grid !== undefined) listActs(box, chart.convertFromPixel({ xAxisIndex: grid }, event.offsetX));
      });
      chart.getZr().setCursorStyle("pointer");
    }
  }

  function redraw() {
    for (const box of drawn.keys()) draw(box);
  }

  for (const box of document.querySelectorAll("[data-chart]")) {
    load(box).catch(() => {
      box.textContent = "This chart could not be loaded; the table below says the same.";
    });
  }
  document.addEventListener("themechange", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new ResizeObserver(() => {
    for (const { chart } of drawn.values()) chart.resize();
  }).observe(document.getElementById("main"));
})();
