@NullMarked
package io.zhitong.keyvault.store;

import org.jspecify.annotations.NullMarked;
