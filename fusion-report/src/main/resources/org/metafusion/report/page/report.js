'use strict';
// Puts the charts into their figures and switches between light and dark; colours are CSS variables, so a switch draws nothing.
(() => {
  const root = document.documentElement;
  const button = document.getElementById('theme');
  const system = window.matchMedia('(prefers-color-scheme: dark)');

  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const show = () => {
    button.setAttribute('aria-pressed', String(isDark()));
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Dark theme is on; switch to light' : 'Light theme is on; switch to dark');
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    show();
  });
  system.addEventListener('change', show);
  show();

  const {config, specs} = JSON.parse(document.getElementById('charts').textContent);
  const options = {mode: 'vega-lite', renderer: 'svg', actions: false, ast: true, config, tooltip: {theme: 'page'}};
  const drawings = [...document.querySelectorAll('[data-chart]')].map((chart) =>
    vegaEmbed(chart, specs[chart.dataset.chart], options).then(
      () => chart.setAttribute('data-drawn', ''),
      (problem) => {
        chart.textContent = 'This chart could not be drawn; its figures are in the table below.';
        console.error(chart.dataset.chart, problem);
      },
    ),
  );
  Promise.all(drawings).then(() => root.setAttribute('data-ready', ''));
})();
