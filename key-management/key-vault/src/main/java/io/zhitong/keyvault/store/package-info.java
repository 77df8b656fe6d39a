/** The vault's encrypted store on disk. */
@NullMarked
package io.zhitong.keyvault.store;

import org.jspecify.annotations.NullMarked;
