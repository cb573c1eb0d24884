namespace FlowNexus.Engine.Expressions;

/// <summary>The types of the expression language: those of JSON.</summary>
internal enum ValueKind { Null, Boolean, Number, Text, Array, Object }
