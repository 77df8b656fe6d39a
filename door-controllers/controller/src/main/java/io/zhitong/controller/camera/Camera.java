package io.zhitong.controller.camera;

/** What looks at a point (摄像机). Used by one thread. */
@FunctionalInterface
public interface Camera {
    /** Bytes of the largest picture that is taken. */
    int LARGEST = 2 << 20;

    /**
     * A picture of now.
     *
     * @return JPEG as the camera made it, not looked at yet
     * @throws CameraException if there is none within two seconds or so
     */
    byte[] take();
}
