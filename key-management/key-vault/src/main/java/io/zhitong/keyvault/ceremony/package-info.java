/** The ceremony that makes a vault's masters, and its transcript. */
@NullMarked
package io.zhitong.keyvault.ceremony;

import org.jspecify.annotations.NullMarked;
