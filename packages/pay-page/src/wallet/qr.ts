import { encode } from 'uqr';
import { type Html, html } from '../html/html.ts';

/** One stroke per run of dark modules: the shortest path for the same picture. */
const rowPath = (row: readonly boolean[], y: number): string => {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue;
    let end = x;
    while (row[end] === true) end += 1;
    path += `M${x} ${y}.5h${end - x}`;
    x = end;
  }
  return path;
};

/** A QR code as SVG, dark on light in every colour scheme, with the quiet zone that scanners need. */
export const qrSvg = (text: string, label: string): Html => {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  return html`<svg role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="${data.map(rowPath).join('')}"/></svg>`;
};
