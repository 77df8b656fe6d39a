/** How a module brings its commands to zt. */
@NullMarked
package io.zhitong.cliapi;

import org.jspecify.annotations.NullMarked;
