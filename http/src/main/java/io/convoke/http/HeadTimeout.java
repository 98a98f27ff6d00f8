package io.convoke.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.ErrorInfo;
import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import io.convoke.http.problem.ParsingProblems;
import java.time.Duration;

/**
 * Bounds how long a connection may take to deliver a request's head, which Akka HTTP bounds by silence only: a line each second would hold a connection for
 * as long as the sender likes. Stands between a connection's requests and their handler, and fails the connection in a way that is answered 408.
 */
final class HeadTimeout extends GraphStage<BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse>> {
    private static final Object LATE = new Object();

    private final Inlet<HttpRequest> requestIn = Inlet.create("HeadTimeout.requestIn");
    private final Outlet<HttpRequest> requestOut = Outlet.create("HeadTimeout.requestOut");
    private final Inlet<HttpResponse> responseIn = Inlet.create("HeadTimeout.responseIn");
    private final Outlet<HttpResponse> responseOut = Outlet.create("HeadTimeout.responseOut");
    private final Duration first;
    private final Duration later;

    /**
     * A bound for each connection's requests.
     *
     * @param first from the connection's beginning, the TLS handshake included
     * @param later from an answer to the next request; longer than the silence that ends a connection kept alive, which needs no answer
     */
    HeadTimeout(Duration first, Duration later) {
        this.first = first;
        this.later = later;
    }

    @Override
    public BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse> shape() {
        return BidiShape.of(requestIn, requestOut, responseIn, responseOut);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private int unanswered;

        Logic() {
            super(shape());
            setHandler(requestIn, new AbstractInHandler() {
                @Override
                public void onPush() {
                    unanswered++;
                    cancelTimer(LATE);
                    push(requestOut, grab(requestIn));
                }

                @Override
                public void onUpstreamFinish() {
                    cancelTimer(LATE);
                    complete(requestOut);
                }
            });
            setHandler(requestOut, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(requestIn);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(requestIn, cause);
                }
            });
            setHandler(responseIn, new AbstractInHandler() {
                @Override
                public void onPush() {
                    HttpResponse response = grab(responseIn);
                    unanswered--;
                    // An answer that streams on, and a WebSocket, take as long as they take.
                    if (unanswered == 0
                            && response.entity().isStrict()
                            && response.status().intValue() >= 200) {
                        scheduleOnce(LATE, later);
                    }
                    push(responseOut, response);
                }

                @Override
                public void onUpstreamFinish() {
                    complete(responseOut);
                }
            });
            setHandler(responseOut, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(responseIn);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(responseIn, cause);
                }
            });
        }

        @Override
        public void preStart() {
            scheduleOnce(LATE, first);
        }

        @Override
        public void onTimer(Object timer) {
            fail(responseOut, new EntityStreamException(new ErrorInfo(ParsingProblems.SLOW_HEAD, "")));
            complete(requestOut);
        }
    }
}
