@NullMarked
package io.zhitong.keyvault;

import org.jspecify.annotations.NullMarked;
