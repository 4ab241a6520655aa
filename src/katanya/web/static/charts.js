// Draws the charts of a page: Vega-Lite by the interpreter, so that nothing is evaluated. The table below says the same.
"use strict";

(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  function colour(name) {
    const probe = document.createElement("span");
    probe.className = "probe-" + name;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }
  function config(width) {
    const ink = colour("ink"), soft = colour("soft"), line = colour("line");
    const font = getComputedStyle(document.body).fontFamily;
    return {
      background: "transparent", font,
      view: { stroke: null },
      axis: { labelColor: ink, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: 220 },
      legend: { labelColor: ink, titleColor: soft, labelFontSize: 12, titleFontSize: 12, labelLimit: 260, columns: Math.max(1, Math.floor(width / 260)) },
      range: { category: [1, 0, 2, 3, 4, 5, 6, 7].map((n) => colour("hue" + n)) },
      mark: { color: colour("hue1") },
    };
  }
  async function draw(place) {
    const spec = JSON.parse(place.dataset.spec);
    place.hidden = false;
    spec.width = Math.max(240, place.clientWidth - (spec.usermeta?.aside ?? 60));
    const locale = spec.usermeta?.locale ?? {};
    await vegaEmbed(place, spec, {
      mode: "vega-lite", actions: false, ast: true, expr: vega.expressionInterpreter, renderer: "canvas", defaultStyle: false,
      tooltip: false, config: config(spec.width), formatLocale: locale.format,
    });
  }
  async function all() {
    for (const place of document.querySelectorAll(".chart[data-spec]")) {
      try { await draw(place); } catch (error) { place.hidden = true; console.error(error); }
    }
  }
  dark.addEventListener("change", all);
  all();
})();
