/** Hierarchy, ceremony, custody, certificates; the vault process. */
@NullMarked
package io.zhitong.keyvault;

import org.jspecify.annotations.NullMarked;
