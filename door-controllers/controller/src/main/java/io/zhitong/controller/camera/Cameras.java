package io.zhitong.controller.camera;

import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.PictureTaken;
import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.Device;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The cameras of a controller (摄像机组): told of each record after it is on disk, they leave the door alone. Thread-safe. */
public final class Cameras implements AutoCloseable {
    private final Map<PointId, PointCamera> cameras = new HashMap<>();

    private Cameras() {}

    /**
     * Those of the device's file.
     *
     * @param taken writes a picture down, at the point where it was taken
     * @throws io.zhitong.edge.EdgeException CONFIG
     */
    public static Cameras of(Device device, BiConsumer<PointId, PictureTaken> taken) {
        Cameras all = new Cameras();
        for (CameraSection section : CameraSection.of(device.config())) {
            all.add(
                    section,
                    new PointCamera(
                            section,
                            section.open(device.config()),
                            device.pictures()::put,
                            picture -> taken.accept(section.at(), picture),
                            device.health(),
                            () -> System.nanoTime() / 1_000_000));
        }
        return all;
    }

    private void add(CameraSection section, PointCamera camera) {
        cameras.put(section.at(), camera);
        camera.start();
    }

    /** A record that is on disk; never waits. */
    public void noted(JournalRecord record) {
        Optional.ofNullable(cameras.get(record.point())).ifPresent(camera -> camera.noted(record));
    }

    @Override
    public void close() {
        cameras.values().forEach(PointCamera::close);
    }
}
