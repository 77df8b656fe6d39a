package io.zhitong.controller.camera;

import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.DeviceConfig;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of the section {@code cameras} of the controller's file (摄像机配置), docs/controller.md.
 *
 * @param point the point it looks at
 * @param source {@code folder:PATH} or {@code http://ADDRESS/…}
 * @param login file with one line {@code user:password}, empty = none
 * @param grants whether granted passages are pictured too
 */
public record CameraSection(int point, String source, String login, boolean grants) {

    private static final int MOST = 64;
    private static final String FOLDER = "folder:";

    public CameraSection {
        if (point < 1 || point > 0xFFFF) {
            throw wrong("expected point numbers from 1 to 65535");
        }
    }

    /** The cameras of a device, at most one a point. */
    public static List<CameraSection> of(DeviceConfig config) {
        List<CameraSection> all = config.optionalSection("cameras", CameraSection[].class)
                .map(Arrays::asList)
                .orElse(List.of());
        Set<Integer> points = new HashSet<>();
        if (all.size() > MOST || !all.stream().allMatch(each -> points.add(each.point()))) {
            throw wrong("expected at most " + MOST + " cameras, one a point");
        }
        return List.copyOf(all);
    }

    PointId at() {
        return new PointId(point);
    }

    /** @throws EdgeException CONFIG if the source is neither */
    Camera open(DeviceConfig config) {
        if (source.startsWith(FOLDER)) {
            return new FolderCamera(config.path(source.substring(FOLDER.length())));
        }
        try {
            return new HttpCamera(URI.create(source), word(config));
        } catch (IllegalArgumentException e) {
            throw wrong("point " + point + " needs folder:PATH, or http:// and a numeric address of the own network");
        }
    }

    private Optional<String> word(DeviceConfig config) {
        try {
            return login.isBlank()
                    ? Optional.empty()
                    : Optional.of(Files.readString(config.path(login)).strip());
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.CONFIG, "in section 'cameras': expected a readable file at 'login'", e);
        }
    }

    private static EdgeException wrong(String expected) {
        return new EdgeException(EdgeFault.CONFIG, "in section 'cameras': " + expected);
    }
}
