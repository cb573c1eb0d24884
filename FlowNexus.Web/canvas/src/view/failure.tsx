import { Component, type ReactNode } from "react";

/** A fault in the drawing must not cost the page: it says so and can be drawn again, the document is safe on the server. */
export class Failure extends Component<{ children: ReactNode }, { failed: boolean; tries: number }> {
  override state = { failed: false, tries: 0 };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return <div key={this.state.tries} className="fc-whole">{this.props.children}</div>;
    return (
      <div className="fc-failure" role="alert">
        <p>The drawing stopped because of a fault in it. Nothing that was saved is lost.</p>
        <button type="button" className="button" onClick={() => this.setState({ failed: false, tries: this.state.tries + 1 })}>Draw it again</button>
      </div>
    );
  }
}
