package io.zhitong.controller.camera;

import io.zhitong.accessmodel.Octets;
import java.util.Optional;

/** Where pictures wait for the backend (相册). */
@FunctionalInterface
public interface Album {

    /** @return the picture's name, once it is on disk; nothing when there is no room */
    Optional<Octets> put(byte[] picture, boolean alarm);
}
