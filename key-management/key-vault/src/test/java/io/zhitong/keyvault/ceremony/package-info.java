@NullMarked
package io.zhitong.keyvault.ceremony;

import org.jspecify.annotations.NullMarked;
