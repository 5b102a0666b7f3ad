import { pixelsPerUnit } from "./camera.ts";
import type { DotPainter } from "./painter.ts";

const VERTEX = `#version 300 es
in vec2 a_position;
in vec4 a_colour;
uniform vec2 u_scale;
uniform vec2 u_shift;
uniform float u_size;
out vec4 v_colour;
void main() {
  gl_Position = vec4(a_position * u_scale + u_shift, 0.0, 1.0);
  gl_PointSize = u_size;
  v_colour = a_colour;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec4 v_colour;
uniform float u_size;
out vec4 colour;
void main() {
  float away = length(gl_PointCoord - 0.5) * u_size;
  float inside = clamp(u_size * 0.5 - away + 0.5, 0.0, 1.0);
  float opacity = v_colour.a * inside;
  colour = vec4(v_colour.rgb * opacity, opacity);
}`;

function shader(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader | null {
  const made = gl.createShader(type);
  if (made === null) return null;
  gl.shaderSource(made, source);
  gl.compileShader(made);
  return made;
}

function program(gl: WebGL2RenderingContext): WebGLProgram | null {
  const vertex = shader(gl, gl.VERTEX_SHADER, VERTEX);
  const fragment = shader(gl, gl.FRAGMENT_SHADER, FRAGMENT);
  const made = gl.createProgram();
  if (vertex === null || fragment === null || made === null) return null;
  gl.attachShader(made, vertex);
  gl.attachShader(made, fragment);
  gl.linkProgram(made);
  return gl.getProgramParameter(made, gl.LINK_STATUS) === true ? made : null;
}

/**
 * Dots as points of WebGL 2, or null where it is not to be had. Our own: the library that would draw them makes code at
 * runtime, which the page's policy forbids.
 * @param onLost the context went, as when the graphics driver is reset; nothing is drawn from then on.
 */
export function webglPainter(canvas: HTMLCanvasElement, onLost: () => void): DotPainter | null {
  const gl = canvas.getContext("webgl2", { antialias: false, premultipliedAlpha: true, alpha: true });
  const made = gl === null ? null : program(gl);
  if (gl === null || made === null) return null;
  const positions = gl.createBuffer();
  const colours = gl.createBuffer();
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  const attribute = (
    name: string,
    buffer: WebGLBuffer | null,
    size: number,
    type: number,
    normalised: boolean,
  ): void => {
    const at = gl.getAttribLocation(made, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, normalised, 0, 0);
  };
  attribute("a_position", positions, 2, gl.FLOAT, false);
  attribute("a_colour", colours, 4, gl.UNSIGNED_BYTE, true);
  gl.useProgram(made);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(made, name);
  const uniforms = { scale: at("u_scale"), shift: at("u_shift"), size: at("u_size") };
  let n = 0;
  let coloured = 0;

  const lost = (event: Event): void => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener("webglcontextlost", lost);

  return {
    kind: "webgl",
    canvas,
    setPositions(next) {
      gl.bindBuffer(gl.ARRAY_BUFFER, positions);
      gl.bufferData(gl.ARRAY_BUFFER, next, gl.STATIC_DRAW);
      n = next.length / 2;
    },
    setColours(next) {
      gl.bindBuffer(gl.ARRAY_BUFFER, colours);
      gl.bufferData(gl.ARRAY_BUFFER, next, gl.DYNAMIC_DRAW);
      coloured = next.length / 4;
    },
    draw(camera, size, pixelRatio, diameter) {
      const width = Math.round(size.width * pixelRatio);
      const height = Math.round(size.height * pixelRatio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      gl.viewport(0, 0, width, height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      const scale = pixelsPerUnit(camera, size) * 2;
      const [sx, sy] = [scale / size.width, scale / size.height];
      gl.uniform2f(uniforms.scale, sx, sy);
      gl.uniform2f(uniforms.shift, -camera.x * sx, -camera.y * sy);
      gl.uniform1f(uniforms.size, diameter * pixelRatio);
      if (n > 0 && coloured >= n) gl.drawArrays(gl.POINTS, 0, n);
    },
    destroy() {
      canvas.removeEventListener("webglcontextlost", lost);
      gl.deleteBuffer(positions);
      gl.deleteBuffer(colours);
      gl.deleteVertexArray(array);
      gl.deleteProgram(made);
    },
  };
}
