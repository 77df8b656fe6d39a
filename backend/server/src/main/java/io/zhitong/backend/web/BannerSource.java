package io.zhitong.backend.web;

import java.util.Optional;

/** What every page must say at its top (横幅), such as that the vault is a demo quorum. A bean; asked for each page: answer from memory. */
@FunctionalInterface
public interface BannerSource {
    Optional<Banner> banner();
}
