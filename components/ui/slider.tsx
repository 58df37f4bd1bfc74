import { Slider as Radix } from 'radix-ui';

interface SliderProps {
  label: string;
  valueText: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

export function Slider({ label, valueText, value, min, max, onChange }: SliderProps) {
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      className="relative flex h-11 w-full touch-none items-center"
    >
      <Radix.Track className="relative h-0.5 w-full rounded-full bg-edge">
        <Radix.Range className="absolute -inset-y-px rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-6 rounded-full border-4 border-sheet bg-accent shadow-sm ring-1 ring-accent"
      />
    </Radix.Root>
  );
}
