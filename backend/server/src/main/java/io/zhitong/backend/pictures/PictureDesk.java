package io.zhitong.backend.pictures;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Jpeg;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.Pictures;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows pictures, and writes down to whom (抓拍查看): no picture leaves here without its entry in the audit. */
@Component
public class PictureDesk {
    private static final int LONGEST_REASON = 100;

    private final EventPictures index;
    private final Pictures pictures;
    private final AuditLog audit;
    private final Clock clock;

    PictureDesk(EventPictures index, Pictures pictures, AuditLog audit, Clock clock) {
        this.index = index;
        this.pictures = pictures;
        this.audit = audit;
        this.clock = clock;
    }

    public PictureState state(EventPicture picture) {
        if (pictures.here(picture.device(), picture.name())) {
            return PictureState.HERE;
        }
        boolean over = picture.taken().plus(Pictures.KEPT).isBefore(clock.instant());
        return over ? PictureState.OVER : PictureState.AWAITED;
    }

    /**
     * A picture for somebody to look at; nothing when it is not here or is none that a page may show.
     *
     * @param position of the record that names it
     * @param why as the viewer said, may be empty; cut off at {@value #LONGEST_REASON} characters
     * @throws io.zhitong.keyapi.KeyServiceException when the vault is away and its key not known here
     */
    @Transactional
    public Optional<byte[]> view(CommunityId community, long position, Actor who, String why) {
        Optional<EventPicture> named = index.at(community, position);
        Optional<byte[]> seen = named.flatMap(picture -> pictures.read(picture.device(), picture.name()))
                .filter(content -> Jpeg.of(content).isPresent());
        seen.ifPresent(content -> audit.record(
                community, who, "pictures.view", "event " + named.orElseThrow().event(), "", reason(why)));
        return seen;
    }

    private static String reason(String why) {
        String clean = why.strip().replace('\0', '\uFFFD');
        int length = Math.min(LONGEST_REASON, clean.codePointCount(0, clean.length()));
        return clean.substring(0, clean.offsetByCodePoints(0, length));
    }
}
