/** Qualification of a vendor's GM/T 0018 library before keys are trusted to it. */
@NullMarked
package io.zhitong.keyvault.module.qualify;

import org.jspecify.annotations.NullMarked;
