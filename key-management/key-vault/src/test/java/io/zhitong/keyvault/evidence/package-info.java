/** The evidence pack says everything there is to say, twice the same. */
@NullMarked
package io.zhitong.keyvault.evidence;

import org.jspecify.annotations.NullMarked;
