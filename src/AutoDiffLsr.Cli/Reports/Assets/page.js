(() => {
  'use strict';

  const text = value => {
    const size = Math.abs(value);
    return size >= 1e5 || (size > 0 && size < 1e-3) ? value.toExponential(2) : String(+value.toPrecision(4));
  };

  const share = (value, axis) => axis.log
    ? (Math.log(value) - Math.log(axis.min)) / (Math.log(axis.max) - Math.log(axis.min))
    : (value - axis.min) / (axis.max - axis.min);

  function setUpChart(figure) {
    const chart = JSON.parse(figure.querySelector('script').textContent);
    const svg = figure.querySelector('svg');
    const tip = figure.querySelector('.tip');
    const hidden = new Set();
    const points = chart.series.flatMap((series, index) => series.x.map((x, i) => ({
      index, x, y: series.y[i],
      left: chart.left + chart.width * share(x, chart.x),
      top: chart.top + chart.height * (1 - share(series.y[i], chart.y)),
    }))).filter(point => Number.isFinite(point.left) && Number.isFinite(point.top));

    for (const button of figure.querySelectorAll('.legend button')) {
      button.addEventListener('click', () => {
        const index = +button.dataset.series;
        const show = hidden.delete(index) || !hidden.add(index);
        button.setAttribute('aria-pressed', String(show));
        for (const element of svg.querySelectorAll('.series-' + index))
          element.style.display = show ? '' : 'none';
        tip.hidden = true;
      });
    }

    svg.addEventListener('pointermove', event => {
      const place = svg.getBoundingClientRect();
      const scale = svg.viewBox.baseVal.width / place.width;
      const left = (event.clientX - place.left) * scale, top = (event.clientY - place.top) * scale;
      let nearest = null, distance = 40 * 40;
      for (const point of points) {
        const squared = (point.left - left) ** 2 + (point.top - top) ** 2;
        if (squared < distance && !hidden.has(point.index))
          [nearest, distance] = [point, squared];
      }
      tip.hidden = nearest === null;
      if (nearest === null)
        return;
      const name = chart.series[nearest.index].name;
      tip.textContent = chart.plain ? name : `${name}: ${text(nearest.x)}, ${text(nearest.y)}`;
      const x = nearest.left / scale + svg.offsetLeft, room = figure.clientWidth - tip.offsetWidth - 4;
      tip.style.left = Math.max(4, Math.min(x + 10, room)) + 'px';
      tip.style.top = Math.max(0, nearest.top / scale - 30) + 'px';
    });
    svg.addEventListener('pointerleave', () => { tip.hidden = true; });
  }

  function setUpFrames(figure) {
    const frames = [...figure.querySelectorAll('image')];
    const slider = figure.querySelector('input'), play = figure.querySelector('button'), label = figure.querySelector('output');
    let timer = 0;
    const show = () => {
      frames.forEach((frame, i) => { frame.style.display = i === +slider.value ? '' : 'none'; });
      label.textContent = frames[+slider.value].dataset.label;
    };
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      play.textContent = 'Play';
    };
    slider.addEventListener('input', () => { stop(); show(); });
    play.addEventListener('click', () => {
      if (timer) {
        stop();
        return;
      }
      if (+slider.value === frames.length - 1)
        slider.value = 0;
      play.textContent = 'Stop';
      show();
      timer = setInterval(() => {
        slider.value = +slider.value + 1;
        show();
        if (+slider.value >= frames.length - 1)
          stop();
      }, 250);
    });
    show();
  }

  document.querySelectorAll('figure.chart').forEach(setUpChart);
  document.querySelectorAll('figure.frames').forEach(setUpFrames);
})();
