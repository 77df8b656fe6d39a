/** The home of keys in a device of GM/T 0018, through its vendor's library. */
@NullMarked
package io.zhitong.keyvault.module.sdf;

import org.jspecify.annotations.NullMarked;
