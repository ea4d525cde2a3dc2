import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "./tensor";

/** A TensorFlow type attribute, by the name that TensorFlow.js gives the type. */
export type NativeType = "float32" | "int32" | "bool" | "string" | "resource" | "int64";

/**
 * The attributes of a TensorFlow op: a string names a type, a number is an integer, an array a list of integers, an object says
 * what it holds.
 */
export type NativeAttributes = Record<string, NativeAttribute>;
export type NativeAttribute =
  | NativeType
  | boolean
  | number
  | readonly number[]
  | { readonly float: number }
  | { readonly text: string }
  | { readonly shape: readonly number[] };

interface NativeBinding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_STRING: number;
  readonly TF_RESOURCE: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_SHAPE: number;
  isUsingGpuDevice(): boolean;
}

interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

interface NativeBackend {
  readonly binding: NativeBinding;
  executeSingleOutput(op: string, attributes: OpAttribute[], inputs: readonly Tensor[]): Tensor;
  executeMultipleOutputs(op: string, attributes: OpAttribute[], inputs: readonly Tensor[], count: number): Tensor[];
}

/** Whether tensors live in native TensorFlow now, so that `executeNative` can reach its ops. */
export function isNative(): boolean {
  return tf.getBackend() === "tensorflow";
}

/**
 * Runs one TensorFlow op that TensorFlow.js does not expose.
 *
 * @param op TensorFlow's name of the op.
 * @param attributes every attribute that the op has no default for, and its type attributes.
 * @param inputs left alive; the result is the caller's (or the enclosing tidy's) to dispose.
 * @throws Error on another engine, and TensorFlow's own message where it refuses.
 */
export function executeNative(op: string, attributes: NativeAttributes, inputs: readonly Tensor[]): Tensor {
  const backend = nativeBackend(op);
  return backend.executeSingleOutput(op, opAttributes(backend.binding, attributes), inputs);
}

/** As `executeNative`, for an op with `count` outputs. */
export function executeNativeOutputs(
  op: string,
  attributes: NativeAttributes,
  inputs: readonly Tensor[],
  count: number,
): Tensor[] {
  const backend = nativeBackend(op);
  return backend.executeMultipleOutputs(op, opAttributes(backend.binding, attributes), inputs, count);
}

function nativeBackend(op: string): NativeBackend {
  if (!isNative()) {
    throw new Error(`${op} is an op of native TensorFlow, but the engine in use is "${tf.getBackend()}".`);
  }
  return tf.backend() as unknown as NativeBackend;
}

function opAttributes(binding: NativeBinding, attributes: NativeAttributes): OpAttribute[] {
  const types: Record<NativeType, number> = {
    float32: binding.TF_FLOAT,
    int32: binding.TF_INT32,
    int64: binding.TF_INT64,
    bool: binding.TF_BOOL,
    string: binding.TF_STRING,
    resource: binding.TF_RESOURCE,
  };
  return Object.entries(attributes).map(([name, value]) => {
    if (typeof value === "string") return { name, type: binding.TF_ATTR_TYPE, value: types[value] };
    if (typeof value === "boolean") return { name, type: binding.TF_ATTR_BOOL, value };
    if (typeof value === "number" || isList(value)) return { name, type: binding.TF_ATTR_INT, value };
    if ("float" in value) return { name, type: binding.TF_ATTR_FLOAT, value: value.float };
    if ("text" in value) return { name, type: binding.TF_ATTR_STRING, value: value.text };
    return { name, type: binding.TF_ATTR_SHAPE, value: value.shape };
  });
}

function isList(value: object): value is readonly number[] {
  return Array.isArray(value);
}
