/* The clients over time, by transport, one upon the other: keeps the moments, draws the last ones. */
"use strict";

Hubwire.clientsChart = (() => {
  const { chart } = Hubwire;
  const KEPT = 1800; // moments, an hour of them
  const BREAK_SECONDS = 25; // the node looks every 10 s when nobody watches: longer than two of these is a gap
  const LEAST_HEIGHT = 5;

  let transports = []; // from the bottom to the top
  let points = []; // { seconds, clients by transport }, the oldest first
  let span = 600;
  let plot;

  /** Draws into the container what has been added and will be. */
  function draw(container, names) {
    transports = names;
    const layers = transports.map((name, i) => layer(name, "--series-" + i)).reverse();
    plot = chart.draw(container, {
      scales: { x: { time: true, range: window_ }, y: { range: (u, least, most) => [0, Math.max(LEAST_HEIGHT, most * 1.1)] } },
      axes: [
        chart.timeAxis(),
        chart.axis({ size: 64, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 1000000] })
      ],
      bands: layers.slice(1).map((lower, i) => ({ series: [i + 1, i + 2] })),
      series: [{}, ...layers]
    }, rows());
  }

  function layer(label, name) {
    return { label, width: 2, stroke: () => chart.colour(name), fill: () => chart.colour(name) + "40", points: { show: false } };
  }

  function window_() {
    const end = points.length ? points[points.length - 1].seconds : Date.now() / 1000;
    return [end - span, end];
  }

  /** Each layer reaches as high as it and those below it together; the highest comes first, a gap has no height. */
  function rows() {
    const times = [];
    const layers = transports.map(() => []);
    points.forEach(({ seconds, clients }, i) => {
      if (i > 0 && seconds - points[i - 1].seconds > BREAK_SECONDS) {
        times.push(points[i - 1].seconds + 1);
        layers.forEach(layer_ => layer_.push(null));
      }
      let height = 0;
      times.push(seconds);
      transports.forEach((name, j) => {
        height += clients[name] || 0;
        layers[j].push(height);
      });
    });
    return [times, ...layers.reverse()];
  }

  /** Adds moments ({ time, clients }), in any order, known ones as well. */
  function add(moments) {
    const bySecond = new Map(points.map(point => [point.seconds, point]));
    moments.forEach(({ time, clients }) => {
      const seconds = Date.parse(time) / 1000;
      bySecond.set(seconds, { seconds, clients });
    });
    points = [...bySecond.values()].sort((one, other) => one.seconds - other.seconds).slice(-KEPT);
    redraw();
  }

  function redraw() {
    if (plot) {
      plot.setData(rows());
    }
  }

  /** How many seconds to show. */
  function show(seconds) {
    span = seconds;
    redraw();
  }

  /** Another node's history takes the place of this one's. */
  function clear() {
    points = [];
    redraw();
  }

  /** The most clients at once in what is shown. */
  function highest() {
    const [begin] = window_();
    const totals = points.filter(point => point.seconds >= begin)
      .map(({ clients }) => Object.values(clients).reduce((sum, count) => sum + count, 0));
    return Math.max(0, ...totals);
  }

  return { draw, add, show, clear, highest };
})();
