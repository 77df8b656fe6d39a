@NullMarked
package io.zhitong.keyvault.quorum;

import org.jspecify.annotations.NullMarked;
