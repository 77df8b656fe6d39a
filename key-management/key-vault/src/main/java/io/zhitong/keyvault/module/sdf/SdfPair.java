package io.zhitong.keyvault.module.sdf;

import io.zhitong.keyapi.ModuleKey;

/**
 * A signing pair that stays inside the device (设备内部密钥对). Closing it leaves the pair there: only the vendor's own tool
 * destroys one.
 *
 * @param point x ‖ y
 */
record SdfPair(int index, byte[] point) implements ModuleKey {
    @Override
    public void close() {
        // The device offers no function for it.
    }
}
