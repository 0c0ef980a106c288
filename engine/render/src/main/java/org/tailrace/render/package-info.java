/**
 * Reports to text, HTML and SVG. Pure functions without a third-party jar.
 *
 * <p>Every view survives three levels of trust: with all its styles; with the properties that JupyterLab's sanitizer keeps;
 * and with no CSS at all, where only tables, images, {@code bgcolor}, {@code align} and bold text remain. Hence: no
 * {@code <style>}, {@code <script>}, inline {@code <svg>}, ids or classes; charts are SVG files in {@code <img>} tags;
 * text takes the theme's colour; and a meaning is never a colour alone.
 */
@NullMarked
package org.tailrace.render;

import org.jspecify.annotations.NullMarked;
