@NullMarked
package io.zhitong.keyvault.audit;

import org.jspecify.annotations.NullMarked;
