// Okabe and Ito's colours, which most people can tell apart, in a form that holds on both grounds; after eight, the same in dashes.
const colours = ['#3b82e0', '#d97a00', '#179f74', '#c05a9b', '#7a6ff0', '#b8462f', '#2ba6c9', '#8a8f3c'];
const dashes = [undefined, [8, 4], [2, 3], [8, 3, 2, 3]];

export const colourOf = (place) => colours[place % colours.length];

export const dashOf = (place) => dashes[Math.floor(place / colours.length) % dashes.length];
