import { useSyncExternalStore } from "react";
import { useSession } from "./session.ts";

export function NoticeView() {
  const { notices } = useSession();
  const notice = useSyncExternalStore(notices.subscribe, () => notices.current);
  return (
    <>
      <div className="fc-hidden" role="status" aria-live="polite">{notice.text}</div>
      {notice.refused && notice.text && <div className="fc-refusal" aria-hidden="true">{notice.text}</div>}
    </>
  );
}
