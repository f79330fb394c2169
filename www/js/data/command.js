// The command with which data are handed to a trainer.

/**
 * The command that hands over data of n pictures, or in formats idx and npy of a file of pictures that is n bytes long. Earlier pages
 * kept gray pictures by height and width.
 */
export const handed = ({ name, format, n, sample, height, width, classes, names = [] }) => ({
  type: "data", name, format, sample: sample ?? [1, height ?? 0, width ?? 0], classes, names, ...(format === "idx" || format === "npy" ? { split: n } : { count: n }),
});

/** The command that hands over what Workers share already, as they answered it. */
export const sharedData = ({ name, classes, names = [], digest }) => ({ type: "data", name, format: "shared", classes, names, digest });
