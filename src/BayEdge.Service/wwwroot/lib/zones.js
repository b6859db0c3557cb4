// The part of a camera's picture that is a bay until somebody draws it; corners are 0 to 1 of the picture.
export const mostOfThePicture = [[0.05, 0.05], [0.95, 0.05], [0.95, 0.95], [0.05, 0.95]];
