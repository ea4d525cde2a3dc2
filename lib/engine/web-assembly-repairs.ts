import * as tf from "@tensorflow/tfjs";
import { borrowedKernel } from "./borrowed-kernel";

/**
 * Puts right three kernels of TensorFlow.js's WebAssembly backend 4.22 that give wrong numbers without a word: casting to bool
 * keeps any non-zero byte as it is (3 stays 3, and then counts three times), clipping turns NaN into the lower limit, and the
 * gradient of max pooling puts some windows' in wrong places. The last is done at the speed of plain JavaScript, for the
 * gradient tape alone; `maxPooling` has its own.
 */
export function repairWebAssemblyKernels(): void {
  replace("Cast", (original, parameters) => {
    const x = parameters.inputs.x as tf.Tensor;
    const toBool = parameters.attrs?.dtype === "bool" && x.dtype !== "bool";
    return toBool ? tf.tidy(() => tf.notEqual(x, tf.zeros([], x.dtype))) : original(parameters);
  });
  replace("ClipByValue", (original, parameters) => {
    const x = parameters.inputs.x as tf.Tensor;
    const clipped = original(parameters) as tf.TensorInfo;
    return tf.tidy(() => tf.where(tf.isNaN(x), x, tf.engine().makeTensorFromTensorInfo(clipped)));
  });
  replace("MaxPoolGrad", (_, parameters) => borrowedKernel("MaxPoolGrad")(parameters));
}

function replace(
  kernelName: string,
  kernelFunc: (original: tf.KernelFunc, parameters: Parameters<tf.KernelFunc>[0]) => ReturnType<tf.KernelFunc>,
): void {
  const kernel = tf.getKernel(kernelName, "wasm");
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({ ...kernel, kernelFunc: (parameters) => kernelFunc(kernel.kernelFunc, parameters) });
}
