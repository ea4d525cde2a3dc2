export * from "./activation-length";
export * from "./curvature";
