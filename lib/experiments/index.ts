export * from "./curvature";
export * from "./activation-length";
export * from "./multiplication";
