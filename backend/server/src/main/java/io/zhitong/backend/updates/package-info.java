/** Software for devices: uploaded, approved and signed, rolled out in stages (设备升级). */
@NullMarked
package io.zhitong.backend.updates;

import org.jspecify.annotations.NullMarked;
