// What the page knows of MNIST before its digits are there: how many train, and what one is, [channels, height, width].

export const mnist = { samples: 60_000, sample: [1, 28, 28] };
