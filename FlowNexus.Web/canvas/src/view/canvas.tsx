import {
  Background, BackgroundVariant, ConnectionLineType, PanOnScrollMode, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStore, useStoreApi,
} from "@xyflow/react";
import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { bounds, grid, type Point } from "../core/geometry.ts";
import { BoxView } from "./box.tsx";
import { ConnectTo } from "./connect-to.tsx";
import { Connecting } from "./connecting.ts";
import { listenForDrops } from "./drops.ts";
import { Failure } from "./failure.tsx";
import { FarLines } from "./far-lines.tsx";
import { Gestures } from "./gestures.ts";
import { GlyphSheet } from "./glyph.tsx";
import { GroupView } from "./group.tsx";
import { Keys } from "./keys.ts";
import { LineView } from "./line.tsx";
import { Menu, type MenuAt } from "./menu.tsx";
import { menuItems } from "./menu-items.ts";
import { NoteView } from "./note.tsx";
import { NoticeView } from "./notice.tsx";
import { type CanvasLine, type CanvasNode, Projection } from "./projection.ts";
import { FarContext, type Session, SessionContext, useSession } from "./session.ts";
import { ArrangeTools, ZoomTools } from "./tools.tsx";
import { opening } from "./viewport.ts";

const nodeTypes = { box: BoxView, note: NoteView, group: GroupView };
const edgeTypes = { line: LineView };
const snapGrid: [number, number] = [grid, grid];
const multiSelection = ["Control", "Meta"];
const farBelow = 0.4;
// From here on a name is a grey line that costs as much to draw as a readable one.
const namesBelow = 0.16;
const noEdges: CanvasLine[] = [];
const readKeys = "Arrow keys walk along the connections, Enter opens, Shift F10 shows all actions.";
const editKeys = "Arrow keys walk along the connections, Shift with an arrow moves, Enter opens, C connects, F2 renames, Delete deletes, Shift F10 shows all actions.";
const flowWords = { "node.a11yDescription.default": editKeys, "node.a11yDescription.keyboardDisabled": editKeys, "edge.a11yDescription.default": "A connection." };
const attribution = { hideAttribution: true };

export function Canvas({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <GlyphSheet />
      <Failure>
        <ReactFlowProvider>
          <Board />
        </ReactFlowProvider>
      </Failure>
      <NoticeView />
      <p id={`${session.key}-keys`} hidden>{session.options.readOnly ? readKeys : editKeys}</p>
    </SessionContext>
  );
}

function Board() {
  const session = useSession();
  const { model, acts } = session;
  const revision = useSyncExternalStore(model.subscribe, () => model.revision);
  const projection = useMemo(() => new Projection(model, session.key), [model, session.key]);
  // The revision stands for everything that the projection reads.
  const { nodes, edges } = useMemo(() => projection.read(), [projection, revision, model.readOnly]);
  const far = useStore(state => state.transform[2] < farBelow);
  const tiny = useStore(state => state.transform[2] < namesBelow);
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const [connectFrom, setConnectFrom] = useState<string | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const closeFinder = useCallback(() => setConnectFrom(null), []);
  const frame = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  useWithoutMeasuring();
  const connecting = useMemo(() => new Connecting(session), [session]);
  const gestures = useMemo(() => new Gestures(session, (id, event) => openMenu(id, event)), [session]);
  const keys = useMemo(() => new Keys(session, { menu: id => openMenu(id), connectTo: setConnectFrom }), [session]);

  useLayoutEffect(() => {
    session.flow = flow as Session["flow"];
  }, [session, flow]);
  useEffect(() => listenForDrops(session), [session]);
  useEffect(() => {
    // A paste event brings the clipboard without asking; it goes to whatever has the focus.
    const paste = (event: ClipboardEvent) => {
      if ((event.target as Element).closest("input, textarea, select")) return;
      event.preventDefault();
      void acts.paste(event.clipboardData?.getData("text/plain"), pointer.current ?? undefined);
    };
    session.root.addEventListener("paste", paste);
    return () => session.root.removeEventListener("paste", paste);
  }, [session, acts]);
  useFirstView(session, nodes.length > 0);

  const pointer = useRef<Point | null>(null);

  return (
    <FarContext value={far}>
      <div
        ref={frame}
        className={tiny ? "fc-board fc-board-tiny" : "fc-board"}
        onKeyDown={keys.down}
        onKeyUp={keys.up}
        onBlur={event => {
          if (event.currentTarget.contains(event.relatedTarget)) return;
          keys.flush();
          if (!event.relatedTarget) keepFocus(event.currentTarget);
        }}
        onPointerMove={event => { pointer.current = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }); }}
        onPointerLeave={() => { pointer.current = null; }}
      >
        <ReactFlow<CanvasNode, CanvasLine>
          aria-label={session.options.label}
          tabIndex={nodes.length === 0 ? 0 : -1}
          nodes={nodes}
          edges={far ? noEdges : edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={gestures.nodesChange}
          onEdgesChange={gestures.edgesChange}
          onNodeDragStop={gestures.dragEnd}
          onSelectionDragStop={gestures.dragEnd}
          onNodeClick={gestures.nodeClick}
          onNodeDoubleClick={gestures.nodeDoubleClick}
          onNodeContextMenu={gestures.nodeMenu}
          onEdgeContextMenu={gestures.edgeMenu}
          onPaneContextMenu={gestures.paneMenu}
          onSelectionContextMenu={gestures.selectionMenu}
          onConnect={connecting.made}
          onConnectStart={connecting.begin}
          onConnectEnd={connecting.end}
          isValidConnection={gestures.isValid}
          onReconnect={gestures.reconnect}
          onMoveEnd={gestures.moveEnd}
          nodesDraggable={!model.readOnly}
          nodesConnectable={!model.readOnly}
          edgesReconnectable={!model.readOnly}
          edgesFocusable={false}
          disableKeyboardA11y
          ariaLabelConfig={flowWords}
          elementsSelectable
          deleteKeyCode={null}
          multiSelectionKeyCode={multiSelection}
          selectionKeyCode="Shift"
          selectionMode={SelectionMode.Partial}
          snapToGrid
          snapGrid={snapGrid}
          panOnScroll
          panOnScrollMode={PanOnScrollMode.Free}
          zoomOnDoubleClick={false}
          minZoom={0.04}
          maxZoom={2}
          connectionRadius={24}
          connectionLineType={ConnectionLineType.SmoothStep}
          onlyRenderVisibleElements
          proOptions={attribution}
        >
          {far ? <FarLines edges={edges} /> : <Background variant={BackgroundVariant.Dots} gap={grid * 3} size={1.2} />}
        </ReactFlow>
        <ArrangeTools />
        <ZoomTools />
        {menu && <Menu at={menu} onClose={closeMenu} />}
        {connectFrom && <ConnectTo from={connectFrom} onClose={closeFinder} />}
      </div>
    </FarContext>
  );

  function openMenu(id: string | null, event?: MouseEvent): void {
    event?.preventDefault();
    const area = session.root.getBoundingClientRect();
    const rect = id ? model.rectOf(id) : null;
    const screen = event ? { x: event.clientX, y: event.clientY } : rect ? flow.flowToScreenPosition({ x: rect.x + 24, y: rect.y + 40 }) : { x: area.left + area.width / 2, y: area.top + area.height / 2 };
    if (id && !model.selection.has(id)) acts.select([id]);
    const place = flow.screenToFlowPosition(screen);
    const back = session.root.querySelector<HTMLElement>(id ? `.react-flow__node[data-id="${CSS.escape(id)}"]` : ".react-flow");
    setMenu({ items: menuItems(session, id, place, setConnectFrom), x: screen.x - area.left, y: screen.y - area.top, back });
  }
}

/** React Flow takes the focus from a box that is clicked out of the selection; the keyboard shall stay in the canvas. */
function keepFocus(board: HTMLElement): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body && board.matches(":hover")) board.querySelector<HTMLElement>(".react-flow")?.focus({ preventScroll: true });
  });
}

/** Sizes and handles are data. React Flow would measure every box in the page anyway, and lose those that are not drawn as elements. */
function useWithoutMeasuring(): void {
  const store = useStoreApi();
  useState(() => store.setState({ updateNodeInternals: () => {} }));
}

/** The first sight: where the viewer was last, else the whole graph, else its beginning at a size that can be read. */
function useFirstView(session: Session, any: boolean): void {
  const seen = useRef(false);
  const sized = useStore(state => state.width > 0 && state.height > 0 && state.panZoom !== null);
  const flow = useReactFlow();
  useEffect(() => {
    if (seen.current || !any || !sized) return;
    seen.current = true;
    const all = bounds([...session.model.graph.boxes.keys(), ...session.model.graph.notes.keys()].map(id => session.model.rectOf(id)).filter(rect => rect !== null));
    const { clientWidth, clientHeight } = session.root;
    if (all) void flow.setViewport(opening(session.options.viewportKey, all, clientWidth, clientHeight));
    requestAnimationFrame(() => requestAnimationFrame(() => session.ready()));
  }, [any, flow, session, sized]);
  const { version } = session.model;
  useEffect(() => {
    // Empty on purpose, not only because the first graph is still to come.
    if (!any && sized && version > 0) session.ready();
  }, [any, session, sized, version]);
}
