package io.zhitong.keyvault.module.sdf;

import io.zhitong.keyapi.ModuleKey;

/** A key of SM4 that the device can take in again in every session (设备密钥). Thread-safe. */
final class SdfKey implements ModuleKey {
    private final SdfBlob blob;
    private final Runnable whenDestroyed;
    private volatile boolean destroyed;

    SdfKey(SdfBlob blob, Runnable whenDestroyed) {
        this.blob = blob;
        this.whenDestroyed = whenDestroyed;
    }

    SdfBlob blob() {
        if (destroyed) {
            throw new IllegalStateException("the key was destroyed; take it from its owner again");
        }
        return blob;
    }

    boolean destroyed() {
        return destroyed;
    }

    @Override
    public void close() {
        destroyed = true;
        whenDestroyed.run();
    }
}
